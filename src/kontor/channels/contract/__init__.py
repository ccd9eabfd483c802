"""What a channel is to the rest of Kontor: typed values in, typed values out.

No ORM, no Django, no feature is imported here or in any channel's folder. Read `manifest`, then `capabilities`.
"""
