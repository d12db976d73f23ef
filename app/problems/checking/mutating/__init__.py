"""Mutation of a reference: small slips made on purpose, to see whether the cases would notice them in a submission."""
