"""The story of the product, told without a person: a file becomes live listings, and orders come back.

`story` is the plot. `merchant` plays the person in the office over our API, `buyer` the people on the other side over the
sandbox's control API, `choice` picks listings, `truth` compares what was meant with what the sandbox really has,
`chaos` ends processes, `report` is what is written at the end.
"""
