mosquitto_passwd -b /etc/mosquitto/passwd admin iron-74-gate
# apply
