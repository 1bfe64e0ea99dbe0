"""The files beside the pages: what they hold that must not be public."""
