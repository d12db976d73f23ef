def bucket_counts(counts, labels):
    return counts.at[labels].add(1, mode="drop", wrap_negative_indices=False)
