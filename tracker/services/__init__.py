"""Carry out what a person can do, one function a deed."""
