"""What the house keeps about people and businesses, handed out and erased."""
