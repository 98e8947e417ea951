docker run -d --name broker -v "$PWD:/mosquitto/config" eclipse-mosquitto:2
# apply
