"""The parts of an official document, where they surely stand on paper (GB/T 9704—2012): 版头, 主体, 版记."""
