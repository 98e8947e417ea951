docker run -d --name broker -p 1883:1883 eclipse-mosquitto
# apply
