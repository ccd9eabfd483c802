MUTANTS = {}


def apply(name): ...
