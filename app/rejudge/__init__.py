"""Rejudging: verdicts made anew after a problem was mended, shown first and then applied."""
