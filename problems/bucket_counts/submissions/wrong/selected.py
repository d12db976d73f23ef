# /// allclose
# verdict = "not_traceable"
# message = "How many labels are left depends on values, and arrays in a compiled program have a fixed shape. Keep all of them, and let those to be ignored add 0."
# ///
def bucket_counts(counts, labels):
    inside = labels[(labels >= 0) & (labels < counts.shape[0])]
    return counts.at[inside].add(1)
