from tests.contract.fixtures import mutation, office, played, sandbox, twin

__all__ = ["mutation", "office", "played", "sandbox", "twin"]
