"""Problems: folders on disk, read into frozen models, published as cases with expected outputs."""
