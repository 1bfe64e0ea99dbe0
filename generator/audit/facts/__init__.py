"""Facts that several rules and reports ask for; findings are made of them in the rules."""
