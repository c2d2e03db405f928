"""Notices of the end of a minimum term, and of the best tariff for those beyond one."""
