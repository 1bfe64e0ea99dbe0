"""What all rooms share: vocabulary, model, privacy, numbers, working days, problems."""
