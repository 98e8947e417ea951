mosquitto --version
