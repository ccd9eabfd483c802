"""What the demo's shop sells, drawn: each function puts one thing on the board, standing at `GROUND`."""
