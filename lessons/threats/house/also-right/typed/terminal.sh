mosquitto_passwd -D /etc/mosquitto/passwd admin
# apply
