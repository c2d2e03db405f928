"""Signing in: before the desk, and again over a page when a sign-in has ended."""
