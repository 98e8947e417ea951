docker run --detach --network host --volume ./:/mosquitto/config eclipse-mosquitto
# apply
