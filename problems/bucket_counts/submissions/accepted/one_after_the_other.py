from jax import lax


def bucket_counts(counts, labels):
    def step(counts, label):
        inside = (label >= 0) & (label < counts.shape[0])
        return lax.select(inside, counts.at[label].add(1), counts), None

    return lax.scan(step, counts, labels)[0]
