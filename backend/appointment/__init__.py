"""Visits of an engineer (TMF646): when one could come, and when one comes."""
