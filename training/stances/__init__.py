"""Makes the weights of the `local` coder: statements to train on, network, training, export."""
