systemctl status mosquitto
