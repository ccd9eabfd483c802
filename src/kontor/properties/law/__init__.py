"""What the law asks of an ad: rules with their paragraph and their dates, as data over small conditions. Pure.

A rule that blocks is an error; what only reminds, or rests on how a court may see it, is a warning that a person may
acknowledge. Rules judge what a property says of itself, and nothing else: that a contract needs text form (BGB § 656a)
or that a page needs an imprint can't be read off a flat.
"""
