"""The annual report (年度报告), counted from the documents and the private registers."""
