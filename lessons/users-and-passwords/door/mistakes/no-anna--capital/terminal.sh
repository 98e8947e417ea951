mosquitto_passwd -b passwd Anna river-42
# apply
