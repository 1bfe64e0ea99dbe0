"""The annual report (年度报告), with figures counted from the documents and the private registers."""
