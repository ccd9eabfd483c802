"""Reading one cell: text in, a typed value out, `BadCell` where it can't be."""
