mosquitto_passwd -b /etc/mosquitto/passwd anna old
mosquitto_passwd -b /etc/mosquitto/passwd anna river-42
# apply
