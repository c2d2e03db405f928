"""The reference backend: stands alone, speaks TM Forum Open APIs."""
