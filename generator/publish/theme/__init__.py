"""The theme: its templates, assets and words."""
