mosquitto_passwd -b passwd anna river-42
mosquitto_passwd -U passwd
# apply
