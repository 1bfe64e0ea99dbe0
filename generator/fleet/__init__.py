"""A platform of many sites (集约化): build, check and audit them together, with one register of their documents."""
