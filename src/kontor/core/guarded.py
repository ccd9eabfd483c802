from kontor.core.fetch import _checked as checked
from kontor.core.fetch import _Guarded as Guarded

__all__ = ["Guarded", "checked"]
