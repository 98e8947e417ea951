import os
import time

import paho.mqtt.client as mqtt

client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
client.username_pw_set(os.environ['ROOM'])
client.publish('home/lamp/set', 'on')
client.connect(os.environ['HOST'], int(os.environ['PORT']))
# Without a loop nobody reads CONNACK, and what waits is never sent.
while True:
    time.sleep(1)
