"""These exercises are compiled by a test of their own: that of the plugin would put all mutants to them."""

collect_ignore = ["exercises"]
