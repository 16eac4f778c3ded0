"""What documents print, as plain values with their words, for who may read it."""
