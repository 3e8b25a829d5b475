"""Positions in text: canonical form, offsets, boundaries, segments, quotes, furniture.

Everything here is pure: text goes in, numbers and strings come out. An offset is a count of Unicode
code points from the start of an article's canonical text, and a stretch is half-open,
`text[start:end]`.
"""
