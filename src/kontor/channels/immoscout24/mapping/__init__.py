"""Our property and the portal's types: declared rows, read both ways. Pure."""
