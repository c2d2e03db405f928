"""An operator at work, as flows have one."""

from tests.backend.flows.conftest import operation

__all__ = ["operation"]
