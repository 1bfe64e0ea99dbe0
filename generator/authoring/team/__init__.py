"""``gongkai init --ci``: the files with which a bureau checks, builds and publishes its site automatically."""
