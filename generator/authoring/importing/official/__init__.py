"""The parts of an official document, where paper has them (GB/T 9704—2012): 版头, 主体, 版记."""
