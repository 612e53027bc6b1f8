"""The types of all messages that judging can give: their ids, and where their arguments come from."""
