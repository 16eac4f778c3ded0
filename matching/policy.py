"""Who sees which proposals, and what is told of them."""
