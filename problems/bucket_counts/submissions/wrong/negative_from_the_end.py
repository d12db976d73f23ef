# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Too large a label is left out, but -1 is the last bucket, as in Python. Send negative labels beyond the end, or add 0 for them."
# ///
def bucket_counts(counts, labels):
    return counts.at[labels].add(1)
