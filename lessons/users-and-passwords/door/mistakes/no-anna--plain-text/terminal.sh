echo anna:river-42 >> passwd
# apply
