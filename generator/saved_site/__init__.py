"""saved_site: saved pages of any site → an ``Archive``, and the rules that pages alone allow. Nothing is written."""
